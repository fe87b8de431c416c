import { expect, test } from 'vitest';
import { programVersion } from '../../src/peers/program-version.ts';

test('a program is told with its version only', () => {
	expect(programVersion(process.execPath)).toBe(`${process.execPath} ${process.versions.node}`);
	expect(programVersion('no-such-program')).toBeUndefined();
});
