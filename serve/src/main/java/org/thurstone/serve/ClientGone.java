package org.thurstone.serve;

/** The client of a request has closed its connection: nothing more is computed for it, and nothing is sent. */
final class ClientGone extends RuntimeException {

    ClientGone() {
        super("the client has gone");
    }
}
