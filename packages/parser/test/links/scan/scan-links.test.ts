import { describe, expect, test } from 'vitest';
import { scanLinks } from '../../../src/links/scan/scan-links.ts';
import { testParsed, testScanned } from '../both-parsers.ts';

describe('the parts of a page', () => {
	testScanned([
		['whole page', '<!doctype html><html><head><title>t</title></head><body><a href=1></body></html>', '1'],
		['without any', '<a href=1>', '1'],
		['empty', '', ''],
		['text', 'text', ''],
		['link in the head', '<head><a href=1></head><a href=2>', '1 2'],
		['link before html', '<a href=1><html><body><a href=2>', '1 2'],
		['link after the body', '<body></body><a href=1></html><a href=2>', '1 2'],
		['second body', '<body><a href=1></body><body><a href=2>', '1 2'],
		['second html', '<html><a href=1></html><html><head><a href=2>', '1 2'],
		['head within the body', '<body><head><a href=1></head>', '1'],
		['frame without frameset', '<frame src=x><a href=1>', '1'],
	]);
});

describe('links within links and other misnesting', () => {
	testScanned([
		['link in a link', '<a href=1>x<a href=2>y</a>z</a>', '1 2'],
		['deeper', '<a href=1><b><a href=2><i><a href=3></i></b>', '1 2 3'],
		['block in a link', '<a href=1><div>x<a href=2>y</a></div></a><a href=3>', '1 2 3'],
		['paragraphs', '<p><a href=1>x<p>y<a href=2>z', '1 2'],
		['formatting across blocks', '<b><p><a href=1></b><i></p><a href=2></i>', '1 2'],
		['form within a form', '<form><div></form><a href=1><form><a href=2></div><a href=3>', '1 2 3'],
		['button within a button', '<button><a href=1><button><a href=2></button>', '1 2'],
		['lists', '<ul><li><a href=1><li><a href=2><ul><a href=3></ul></ul>', '1 2 3'],
		['headings', '<h1><a href=1><h2><a href=2></h1>', '1 2'],
		['objects', '<object><a href=1><object><a href=2></object><a href=3>', '1 2 3'],
		['nobr', '<nobr><a href=1><nobr><a href=2></nobr>', '1 2'],
		['ruby', '<ruby><rt><a href=1><rp><a href=2></ruby>', '1 2'],
		['unknown elements', '<x-y><a href=1></x-y><a href=2></z>', '1 2'],
	]);
});

describe('frames', () => {
	testParsed([
		['frameset', '<frameset><frame src=x><noframes><a href=0></noframes></frameset><a href=0>', ''],
		['frameset that drops the links before it', '<a href=0></a><frameset></frameset>', ''],
		['frameset too late', '<p>text<a href=1><frameset></frameset><a href=2>', '1 2'],
	]);
});

describe('base', () => {
	testScanned([
		['in the head', '<base href=/b/><a href=1>', '/b/1'],
		['after the links', '<a href=1><base href=/b/>', '/b/1'],
		['in the body', '<body><p><base href=/b/><a href=1>', '/b/1'],
		['of two, the first counts', '<base href=/b/><base href=/c/><a href=1>', '/b/1'],
		['without href', '<base target=x><base href=/b/><a href=1>', '/b/1'],
		['empty', '<base href=""><base href=/b/><a href=1>', '1'],
		['with reference', '<base href="/b&amp;/"><a href=1>', '/b&/1'],
		['in noscript', '<noscript><base href=/b/></noscript><a href=1>', '/b/1'],
		['in a comment', '<!-- <base href=/b/> --><a href=1>', '1'],
	]);
});

test('keeps hrefs as the page means them, repeats too', () => {
	expect(scanLinks('<base href="b"><a href="?a&amp;b"><a href=1><a href=1>')).toEqual({
		hrefs: ['?a&b', '1', '1'],
		baseHref: 'b',
	});
});
