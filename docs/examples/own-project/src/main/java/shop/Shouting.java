package shop;

import java.util.Locale;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Shouting {

    public static void main(String[] args) {
        SpringApplication.run(Shouting.class, args);
    }

    @Bean
    Function<String, String> shout() {
        return text -> text.toUpperCase(Locale.ROOT);
    }
}
