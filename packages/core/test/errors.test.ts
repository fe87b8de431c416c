import { expect, test } from 'vitest';
import { InvalidOptionError, OrbweaverError, StorageError } from '../src/errors.ts';

test('each has its own name, a stable code and its cause', () => {
	const cause = new Error('disk');
	const storage = new StorageError('ORB_STORAGE_WRITE_FAILED', 'cannot be written', { cause });
	expect(storage).toBeInstanceOf(OrbweaverError);
	expect(storage).toMatchObject({
		name: 'StorageError',
		code: 'ORB_STORAGE_WRITE_FAILED',
		message: 'cannot be written',
		cause,
	});
	expect(new InvalidOptionError('no')).toMatchObject({ name: 'InvalidOptionError', code: 'ORB_INVALID_OPTION' });
	expect(new OrbweaverError('ORB_X', 'x')).toMatchObject({ name: 'OrbweaverError', code: 'ORB_X' });
	expect(`${new OrbweaverError('ORB_X', 'x')}`).toBe('OrbweaverError: x');
});
