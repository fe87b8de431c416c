/** A command line, a settings file or a variable that cannot be used. The message is one sentence with the way out. */
export class UsageError extends Error {}
