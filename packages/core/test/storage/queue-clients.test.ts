import { expect, test } from 'vitest';
import { QueueClients } from '../../src/storage/queue-clients.ts';

test('several are more than one, of the same queue', () => {
	const clients = new QueueClients();
	expect(clients.areMultiple('q')).toBe(false);
	clients.add('q', 'one');
	clients.add('q', 'one');
	clients.add('other', 'two');
	expect(clients.areMultiple('q')).toBe(false);
	clients.add('q', 'two');
	clients.add('q', 'three');
	expect([clients.areMultiple('q'), clients.areMultiple('other')]).toEqual([true, false]);
	clients.forget('q');
	clients.add('q', 'four');
	expect(clients.areMultiple('q')).toBe(false);
});
