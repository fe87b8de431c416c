import { expect, test } from 'vitest';
import { readBasicCredentials } from '../../../src/api/auth-site/basic-credentials.ts';

test.each([
	['Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Aladdin', 'open sesame'], // RFC 7617 section 2
	['Basic dGVzdDoxMjPCow==', 'test', '123£'], // RFC 7617 section 2.1
	['basic  YTo6Og==', 'a', '::'],
	['Basic Og==', '', ''],
])('%s', (authorization, user, password) => {
	expect(readBasicCredentials(authorization)).toEqual({ user, password });
});

test.each([
	['another scheme', 'Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
	['no scheme', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
	['nothing', ''],
	['no credentials', 'Basic '],
	['no padding', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ'],
	['the alphabet for URLs', 'Basic Pz8_Oj8_Pw=='],
	['no Base64', 'Basic Aladdin:open'],
	['no colon', 'Basic QWxhZGRpbg=='],
	['two values', 'Basic Og== Og=='],
])('%s is refused', (_, authorization) => {
	expect(readBasicCredentials(authorization)).toBeUndefined();
});
