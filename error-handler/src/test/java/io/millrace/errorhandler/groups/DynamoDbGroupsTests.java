package io.millrace.errorhandler.groups;

import io.millrace.errorhandler.Cloud;
import io.millrace.errorhandler.aws.DynamoDbGroups;
import java.time.InstantSource;

class DynamoDbGroupsTests extends GroupStoreContract {

    private final GroupStore store =
            new DynamoDbGroups(Cloud.DYNAMO_DB, "millrace-failures", InstantSource.system());

    @Override
    GroupStore store() {
        return store;
    }
}
