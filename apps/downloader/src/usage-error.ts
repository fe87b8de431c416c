/** A command line, or a file that it names, that cannot be used. */
export class UsageError extends Error {}
