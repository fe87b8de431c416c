/** What a watcher may ask of a source. */
export const COMMANDS = ['pause', 'resume', 'stop', 'history'] as const;

export type CommandName = (typeof COMMANDS)[number];

/** A command as its source gets it. */
export type Command =
	| {
			/** `pause`: no new page starts; `resume`: go on; `stop`: end after the pages under way. */
			readonly command: 'pause' | 'resume' | 'stop';
	  }
	| {
			/** What is known of one URL. */
			readonly command: 'history';
			readonly url: string;
	  };

/** One thing that happened to a URL. */
export interface PageEvent {
	/** Milliseconds since 1970. */
	readonly time: number;
	/** What happened, such as `added`, `fetched`, `retried`, `redirected`, `handled`, `failed`, `skipped`. */
	readonly event: string;
	/** More about it, in a few words. */
	readonly text?: string;
	readonly httpStatus?: number;
	readonly durationMs?: number;
}

/** What is known of one URL, the oldest event first. */
export interface PageHistory {
	readonly url: string;
	/** Its state in the queue, such as `waiting` or `handled`; null when it is not known. */
	readonly state: string | null;
	/** The page whose link led there; null for a seed or an unknown URL. */
	readonly foundOn: string | null;
	readonly events: readonly PageEvent[];
}

/** What became of a command. */
export type CommandOutcome =
	| {
			readonly ok: true;
			/** The answer to `history`. */
			readonly history?: PageHistory;
	  }
	| {
			readonly ok: false;
			/** Why, in one sentence. */
			readonly error: string;
	  };
