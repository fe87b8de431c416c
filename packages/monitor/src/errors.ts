// The tree:
//
//   MonitorError         `code` says which:
//                        ORB_MONITOR_OPTION   an option that cannot be used
//                        ORB_MONITOR_LISTEN   the address cannot be listened on

/** Why a monitor cannot be started, or a publisher not be made. */
export type MonitorErrorCode = 'ORB_MONITOR_OPTION' | 'ORB_MONITOR_LISTEN';

/** The monitor cannot be used like this. The message names the thing, its value and the way out. */
export class MonitorError extends Error {
	/** Stable, for logs and comparisons. */
	readonly code: MonitorErrorCode;

	constructor(code: MonitorErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'MonitorError';
		this.code = code;
	}
}
