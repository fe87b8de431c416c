import { describe } from 'vitest';
import { testScanned } from '../both-parsers.ts';

describe('attribute values', () => {
	testScanned([
		['double-quoted', '<a href="1">', '1'],
		['single-quoted', "<a href='1'>", '1'],
		['unquoted', '<a href=1>', '1'],
		['spaces around the equals sign', '<a href = "1">', '1'],
		['line breaks around the equals sign', '<a href\n=\r\n"1">', '1'],
		['line breaks between attributes', '<a\nclass="x"\r\nhref="1"\r>', '1'],
		['form feed', '<a\fhref=1\f>', '1'],
		['no space after a quoted value', '<a class="x"href="1">', '1'],
		['quote within the other quotes', `<a href="'1'">`, "'1'"],
		['> within quotes', '<a title="a > b" href=1>', '1'],
		['tag within quotes', '<a title="<a href=2>" href=1>', '1'],
		['tag within the quotes of any element', `<div data-x='<a href=2>'><a href=1>`, '1'],
		['quote in an unquoted value', '<a href=1"2 title=">"><a href=3>', '1"2 3'],
		['equals sign in an unquoted value', '<a href=?a=1>', '?a=1'],
		['slash ends no unquoted value', '<a href=1/>', '1/'],
		['backquotes are no quotes', '<a title=`>`href=2><a href=1>', '1'],
		['empty', '<a href="">', '/page'],
		['without value', '<a href>', '/page'],
		['with equals sign only', '<a href=>', '/page'],
		['with equals sign and space only', '<a href= >', '/page'],
		['missing closing quote swallows to the next', '<a href="1><a href="2"><a href="3">', '1%3E%3Ca%20href= 3'],
	]);
});

describe('attribute names', () => {
	testScanned([
		['in upper case', '<A HREF="1">', '1'],
		['of two, the first counts', '<a href=1 href=2>', '1'],
		['of two, the first counts without value', '<a href HREF=2>', '/page'],
		['begin with an equals sign', '<a =href=1><a ="x>y" href=2>', ''],
		['hold quotes', `<a "href=1><a href"=2><a 'x' href=3>`, '3'],
		['hold <', '<a <href=1><a x< href=2>', '2'],
		['are separated by slashes', '<a/href="1"/title=x/>', '1'],
		['slash and equals sign', '<a href/=1>', '/page'],
		['longer or shorter are others', '<a hrefs=1 hre=2 data-href=3 xhref=4>', ''],
		['with NUL are others', '<a href\0=1>', ''],
		['xlink:href is nothing in HTML', '<a xlink:href=1>', ''],
	]);
});

describe('tags', () => {
	testScanned([
		['self-closing', '<a href=1 /><a href="2"/>', '1 2'],
		['slash right after the name', '<a/ href=1>', '1'],
		['name with more letters', '<ab href=1><abbr href=2><aside href=3><areas href=4>', ''],
		['name with NUL', '<a\0 href=1>', ''],
		['name with a letter that resembles ASCII', '<are\u{1d41a} href=1><b\u{e1}se href=x>', ''],
		['unclosed at the end of the page', '<a href=1><a href=2', '1'],
		['unclosed after a quote', '<a href=1><a href="2"', '1'],
		['unclosed in a quote', '<a href=1><a href="2', '1'],
		['unclosed in the name', '<a href=1><a', '1'],
		['unclosed after a slash', '<a href=1><a href=2 /', '1'],
		['unclosed before a value', '<a href=1><a href=', '1'],
		['end tags have attributes too', '</p title=">"><a href=1></a href=2>', '1'],
		['end tags swallow like start tags', '</p title="><a href=1>"><a href=2>', '2'],
		['image map', '<map><area href=1><AREA HREF=2 shape=rect></map>', '1 2'],
		['area without href', '<area shape=rect><area nohref>', ''],
		['anchor without href', '<a name=x><a>y</a><a href=1>', '1'],
	]);
});
