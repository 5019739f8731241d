package org.thurstone.elicit;

/**
 * The identity of a respondent: its name and settings. Entries of the ledger belong to an identity, so a respondent whose settings changed is asked again.
 *
 * @param name for people: {@code simulated-human}, {@code sentence-reward}
 * @param settings all that its answers depend on, as text; empty where there is nothing to set
 */
public record Identity(String name, String settings) {

    /** The identity of a respondent without settings. */
    public static Identity of(String name) {
        return new Identity(name, "");
    }

    /** The identity of a respondent with long settings, such as the weights of a model, of which a hash is used. */
    public static Identity hashed(String name, String settings) {
        return new Identity(name, Hash.of(settings));
    }

    /** The name, and a short hash of the settings where there are any: {@code simulated-human@3fa21b07}. */
    public String key() {
        return settings.isEmpty() ? name : name + "@" + Hash.of(settings).substring(0, 12);
    }
}
