import cliProgress from 'cli-progress';

/** On a pipe, how often. */
const EVERY_MS = 5_000;

/** On a terminal, how often in a second. */
const FRAMES = 5;

const { Format, MultiBar } = cliProgress;

const BAR = { barCompleteString: '█'.repeat(41), barIncompleteString: '░'.repeat(41), barGlue: '' };

/** What is shown while something runs. */
export interface Progress {
	/** From 0 to 1; undefined while nobody can say. */
	readonly part: number | undefined;
	/** A few lines; their number stays the same. */
	readonly lines: readonly string[];
}

/** Progress that is being shown. */
export interface Shown {
	/** Says something between; it stays. */
	say(text: string): void;
	/** Shows the last state, and leaves the terminal as it was; may be called twice. */
	close(): void;
}

/** For those who want to see nothing. */
export const NOTHING_SHOWN: Shown = { say() {}, close() {} };

/** Shows progress on a terminal: a bar and a few lines that stay where they are. */
export function showBar(stream: NodeJS.WriteStream, progress: () => Progress): Shown {
	const bars = new MultiBar({ stream, fps: FRAMES, forceRedraw: true, gracefulExit: false, emptyOnZero: true });
	const shown = { now: progress() };
	const draw = (line: number, columns: number): string => {
		if (line === 0) shown.now = progress();
		const { part, lines } = shown.now;
		const text = lines[line] ?? '';
		const width = Math.min(24, columns - text.length - 2);
		const bar =
			line === 0 && part !== undefined && width > 4 ? `${Format.BarFormat(part, { ...BAR, barsize: width })} ` : '';
		return `${bar}${text}`.slice(0, Math.max(1, columns - 1));
	};
	for (const line of shown.now.lines.keys()) {
		bars.create(1, 0, {}, { format: (_, { maxWidth }) => draw(line, maxWidth || stream.columns || 80) });
	}
	let isClosed = false;
	return {
		say: (text) => {
			if (isClosed) stream.write(`${text}\n`);
			else bars.log(`${text}\n`);
		},
		close: () => {
			if (isClosed) return;
			isClosed = true;
			bars.update();
			bars.stop();
		},
	};
}

/** Shows progress on whatever is no terminal: a line now and then. */
export function showPlain(stream: NodeJS.WritableStream, progress: () => Progress): Shown {
	const timer = setInterval(() => stream.write(`${progress().lines.join(' · ')}\n`), EVERY_MS).unref();
	let isClosed = false;
	return {
		say: (text) => void stream.write(`${text}\n`),
		close: () => {
			if (isClosed) return;
			isClosed = true;
			clearInterval(timer);
			stream.write(`${progress().lines.join(' · ')}\n`);
		},
	};
}
