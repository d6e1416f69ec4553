package io.millrace.localcloud.provisioning;

/** A resource of a template, understood. */
sealed interface Declaration
        permits QueueDeclaration,
                TopicDeclaration,
                SubscriptionDeclaration,
                BucketDeclaration,
                TableDeclaration {}
