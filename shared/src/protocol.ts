/**
 * The version of what travels over the socket: views, commands and these events. It is raised with every change that a page or a server of
 * the version before would not understand, and then neither speaks to the other.
 */
export const PROTOCOL = 1;
