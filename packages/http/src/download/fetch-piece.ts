import { ConnectionLostError } from '../errors.ts';
import { type Answer, askSource } from './answers/ask-source.ts';
import { isFailureOfSource, type Source } from './answers/source.ts';
import { isTransient } from './answers/tries.ts';
import { strongValidator } from './answers/validators.ts';
import { DownloadError } from './download-error.ts';
import type { Piece } from './piece.ts';
import { receive } from './receive.ts';
import type { Transfer } from './transfer.ts';

/**
 * Brings one piece of a transfer to its writer: asks for it, and again for the rest whenever the connection breaks off,
 * until it is whole or the transfer has ended for another reason.
 *
 * @throws what the source failed with, when no other may take its place.
 */
export async function fetchPiece(transfer: Transfer, piece: Piece): Promise<void> {
	const { sources, mixing, resumable } = transfer.job;
	let answer = transfer.takeAnswer();
	const turn = mixing ? sources.shared() : sources.current;
	let source = answer?.source ?? turn;
	let tries = sources.newTries(transfer.round);
	while (!transfer.round.aborted) {
		const before = piece.position;
		try {
			if (answer === undefined) await receiveRest(transfer, source, piece);
			else await receiveBody(transfer, answer, transfer.job.file.size ?? Number.POSITIVE_INFINITY, piece);
			return;
		} catch (error) {
			answer = undefined;
			if (transfer.round.aborted || (piece.whole && isTransient(error))) return;
			if (!isFailureOfSource(error) || (!resumable && !isTransient(error))) throw error;
			if (!resumable) {
				transfer.finish({ action: 'broken', cause: error });
				return;
			}
			if (piece.position > before) tries.progressed();
			if (isTransient(error) && (await tries.again(error))) continue;
			source.fail(error);
			if (!mixing || sources.usable.length === 0) throw error;
			source = sources.shared();
			tries = sources.newTries(transfer.round);
		}
	}
}

async function receiveRest(transfer: Transfer, source: Source, piece: Piece): Promise<void> {
	// While the answer is on its way, somebody may take the second half.
	const { end } = piece;
	const answer = await askForRest(transfer, source, piece);
	if (answer !== undefined) await receiveBody(transfer, answer, end, piece);
}

/** @param end where in the file the body ends, as announced. */
async function receiveBody(transfer: Transfer, answer: Answer, end: number, piece: Piece): Promise<void> {
	const { file, passage } = transfer.job;
	try {
		await receive(answer, end, piece, { ...passage, signal: transfer.round });
	} finally {
		answer.end();
	}
	if (file.size === undefined) piece.end = piece.position;
	if (piece.whole) return;
	const detail = `its body ended at byte ${piece.position} of ${end}.`;
	throw new ConnectionLostError(answer.source.label, detail, undefined);
}

/** The answer whose body is what is missing of the piece; `undefined` when there is none, and the transfer has ended. */
async function askForRest(transfer: Transfer, source: Source, piece: Piece): Promise<Answer | undefined> {
	const { sources, file, passage, settings } = transfer.job;
	const { validator } = source;
	const known = { size: file.size ?? 0, validator };
	const answer = await askSource(
		source,
		{ kind: 'part', range: { start: piece.position, end: piece.end }, validator },
		{ known, acceptEncoded: settings.acceptEncoded, signal: passage.signal },
		transfer.round,
	);
	const { verdict, response } = answer;
	const isMirror = source !== sources.current;
	if (verdict.action === 'append') {
		if (isMirror) {
			transfer.mixed = true;
			source.validator ??= strongValidator(response.headers);
		}
		transfer.url = response.url;
		return answer;
	}
	if (isMirror || verdict.action === 'complete') {
		answer.end();
		throw new DownloadError(source.label, 'changed', 'has another file, or does not serve parts of it.');
	}
	if (verdict.action === 'restart') answer.end();
	const { reason } = verdict;
	transfer.finish({
		action: 'restart',
		reason: reason === 'asked' ? 'changed' : reason,
		answer: verdict.action === 'whole' ? answer : undefined,
	});
	return undefined;
}
