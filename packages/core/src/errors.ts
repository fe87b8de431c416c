// The tree:
//
//   OrbweaverError                the base: `code` is stable, the message names the thing, the value and the way out
//   ├─ InvalidOptionError         an option or argument that cannot be used
//   ├─ StorageError               the storage file cannot be used, or a write failed
//   └─ (NonRetryableError, RetryRequestError, SessionError, CriticalError are Crawlee's own and re-exported)

/** The base of the errors that Orbweaver itself throws. */
export class OrbweaverError extends Error {
	/** Stable, for logs and comparisons. */
	readonly code: string;

	constructor(code: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = new.target.name;
		this.code = code;
	}
}

/** An option, URL or argument that cannot be used. The message names it, its value and what would do. */
export class InvalidOptionError extends OrbweaverError {
	constructor(message: string, options?: ErrorOptions) {
		super('ORB_INVALID_OPTION', message, options);
	}
}

/** Why a storage cannot be used. */
export type StorageErrorCode =
	| 'ORB_STORAGE_UNREADABLE'
	| 'ORB_STORAGE_FOREIGN'
	| 'ORB_STORAGE_NEWER'
	| 'ORB_STORAGE_IN_USE'
	| 'ORB_STORAGE_DAMAGED'
	| 'ORB_STORAGE_WRITE_FAILED'
	| 'ORB_STORAGE_CLOSED'
	| 'ORB_OUTPUT_FOREIGN'
	| 'ORB_OUTPUT_WRITE_FAILED';

/** The storage file cannot be used, or a write to it failed. What was committed before is untouched. */
export class StorageError extends OrbweaverError {
	declare readonly code: StorageErrorCode;

	constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
		super(code, message, options);
	}
}
