import { styleText } from 'node:util';

/** Whether lines can be drawn over: on a terminal that can move its cursor. */
export function canRedraw(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
	return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Colours the text where the stream shows colours: NO_COLOR, FORCE_COLOR and TERM=dumb are obeyed. */
export function paint(
	style: 'red' | 'green' | 'yellow' | 'bold' | 'dim',
	text: string,
	stream: NodeJS.WriteStream,
): string {
	return styleText(style, text, { stream });
}
