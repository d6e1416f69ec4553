package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A bucket's notification configuration as S3's API has it. */
final class NotificationXml {

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private NotificationXml() {}

    static String write(List<Notification> notifications) {
        return Xml.document(
                "NotificationConfiguration",
                NAMESPACE,
                root -> {
                    for (var each : notifications) {
                        root.element(
                                each.isQueue() ? "QueueConfiguration" : "TopicConfiguration",
                                xml -> write(each, xml));
                    }
                });
    }

    private static void write(Notification notification, Xml xml) {
        xml.text("Id", notification.id());
        xml.text(notification.isQueue() ? "Queue" : "Topic", notification.destination());
        notification.events().forEach(event -> xml.text("Event", event));
        if (notification.prefix().isEmpty() && notification.suffix().isEmpty()) {
            return;
        }
        xml.element(
                "Filter",
                filter ->
                        filter.element(
                                "S3Key",
                                key -> {
                                    rule(key, "Prefix", notification.prefix());
                                    rule(key, "Suffix", notification.suffix());
                                }));
    }

    private static void rule(Xml xml, String name, String value) {
        if (!value.isEmpty()) {
            xml.element("FilterRule", rule -> rule.text("Name", name).text("Value", value));
        }
    }

    static List<Notification> read(byte[] body) {
        var notifications = new ArrayList<Notification>();
        for (var element : elements(parse(body))) {
            switch (element.getLocalName()) {
                case "QueueConfiguration" -> notifications.add(notification(element, "Queue"));
                case "TopicConfiguration" -> notifications.add(notification(element, "Topic"));
                default ->
                        throw AwsError.notImplemented(
                                "local-cloud notifies queues and topics; it has no %s"
                                        .formatted(element.getLocalName()));
            }
        }
        return notifications;
    }

    private static Notification notification(Element element, String destination) {
        var events = new ArrayList<String>();
        var id = UUID.randomUUID().toString();
        var arn = "";
        var rules = List.<Element>of();
        for (var child : elements(element)) {
            var name = child.getLocalName();
            if (name.equals("Event")) {
                events.add(text(child));
            } else if (name.equals("Id")) {
                id = text(child);
            } else if (name.equals(destination)) {
                arn = text(child);
            } else if (name.equals("Filter")) {
                rules = elements(child).stream().flatMap(key -> elements(key).stream()).toList();
            } else {
                throw AwsError.badRequest("MalformedXML", "what is " + name + "?");
            }
        }
        return new Notification(id, arn, events, rule(rules, "prefix"), rule(rules, "suffix"));
    }

    private static String rule(List<Element> rules, String wanted) {
        for (var rule : rules) {
            var parts = elements(rule);
            if (parts.size() == 2 && text(parts.getFirst()).equalsIgnoreCase(wanted)) {
                return text(parts.getLast());
            }
        }
        return "";
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static Element parse(byte[] body) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw AwsError.badRequest("MalformedXML", String.valueOf(e.getMessage()));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> elements(Element parent) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.ELEMENT_NODE) {
                found.add((Element) node);
            }
        }
        return found;
    }
}
