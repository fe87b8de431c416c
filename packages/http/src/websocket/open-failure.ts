import { ConnectError, HeadersTooLargeError, HttpError, ProtocolError, type RequestLabel } from '../errors.ts';
import { classify, codeOf } from '../undici/failure.ts';
import { WebSocketError } from './websocket-error.ts';

/** The limits that a handshake runs under. */
export interface OpenLimits {
	readonly connectMs: number;
	readonly maxHeaderBytes: number;
}

/** Turns what ws, Node's HTTP client, the socket or OpenSSL reports of a handshake into one of our errors. */
export function openFailure(error: Error, request: RequestLabel, limits: OpenLimits): HttpError {
	if (error instanceof HttpError) return error;
	const code = codeOf(error);
	// Only ws itself reports errors without a code: the answer was 101, and something about it is wrong.
	if (code === '') {
		return new WebSocketError(request, 'handshake', `was answered with a wrong handshake: ${error.message}.`, {
			cause: error,
		});
	}
	if (code === 'HPE_HEADER_OVERFLOW') return new HeadersTooLargeError(request, limits.maxHeaderBytes, error);
	if (code.startsWith('HPE_')) return new ProtocolError(request, `${error.message}.`, error);
	// Node's words for a connection that was closed in good order before it answered; the code is that of a reset.
	if (error.message === 'socket hang up') return new ConnectError(request, 'closed', 'the server hung up.', error);
	return classify(error, request, { ...limits, responseBegan: false, headersEnded: false });
}
