package org.thurstone.train.signal;

/** A number for each scored token, or a vector: given as a table, computed from the example, or read off the forward pass. */
public sealed interface TokenSignal extends Signal permits TableSignal, ExampleSignal, PassSignal {}
