package org.thurstone.data;

/** The role of a turn in a conversation. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
