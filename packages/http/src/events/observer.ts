import { type Channel, channel } from 'node:diagnostics_channel';
import { requireKnownNames } from '../check-names.ts';
import { InvalidRequestError } from '../errors.ts';
import type { HttpEvents, HttpHooks } from './events.ts';

type EventName = keyof HttpEvents;

/** The diagnostics channels: every client of the process publishes its events here as well. */
const CHANNELS: { readonly [Name in EventName]: Channel } = {
	request: channel('orbweaver:http:request'),
	response: channel('orbweaver:http:response'),
	end: channel('orbweaver:http:end'),
	body: channel('orbweaver:http:body'),
	retry: channel('orbweaver:http:retry'),
	redirect: channel('orbweaver:http:redirect'),
	error: channel('orbweaver:http:error'),
};

const HOOKS: { readonly [Name in EventName]: keyof HttpHooks } = {
	request: 'onRequest',
	response: 'onResponse',
	end: 'onEnd',
	body: 'onBody',
	retry: 'onRetry',
	redirect: 'onRedirect',
	error: 'onError',
};

/** Tells hooks and diagnostics channels what happens. */
export class Observer {
	readonly #hooks: readonly HttpHooks[];

	/** @throws InvalidRequestError for an unknown hook or one that is no function. */
	constructor(hooks: HttpHooks | readonly HttpHooks[] = []) {
		this.#hooks = Array.isArray(hooks) ? [...hooks] : [hooks as HttpHooks];
		for (const set of this.#hooks) {
			requireKnownNames('hooks', set, Object.values(HOOKS));
			for (const [name, hook] of Object.entries(set)) {
				if (hook !== undefined && typeof hook !== 'function') {
					throw new InvalidRequestError(`hooks.${name} is of type ${typeof hook}: give a function.`);
				}
			}
		}
	}

	/** Whether anybody wants to know: asked first, so that an event nobody hears costs nothing. */
	hears(name: EventName): boolean {
		if (CHANNELS[name].hasSubscribers) return true;
		const hook = HOOKS[name];
		return this.#hooks.some((set) => set[hook] !== undefined);
	}

	tell<Name extends EventName>(name: Name, event: HttpEvents[Name]): void {
		CHANNELS[name].publish(event);
		for (const set of this.#hooks) {
			const hook = set[HOOKS[name]] as ((event: HttpEvents[Name]) => void) | undefined;
			const warn = (error: unknown): void => {
				process.emitWarning(`The hook ${HOOKS[name]} threw: ${String(error)}`, 'OrbweaverHookWarning');
			};
			try {
				const answer: unknown = hook?.(event);
				// An async function is a hook too, as far as TypeScript knows.
				if (answer instanceof Promise) answer.catch(warn);
			} catch (error) {
				warn(error);
			}
		}
	}
}
