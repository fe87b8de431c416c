/** A command line that cannot be used. */
export class UsageError extends Error {}
