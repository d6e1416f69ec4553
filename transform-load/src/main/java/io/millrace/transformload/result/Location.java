package io.millrace.transformload.result;

/**
 * Where an object lies.
 *
 * @param bucket the bucket's name
 * @param key the object's key
 */
public record Location(String bucket, String key) {}
