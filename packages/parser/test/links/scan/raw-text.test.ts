import { describe } from 'vitest';
import { testScanned } from '../both-parsers.ts';

const L1 = '<a href=1>x</a>';
const L2 = '<a href=2>x</a>';

describe('elements that hold text only', () => {
	testScanned([
		...['title', 'textarea', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'script'].map(
			(name) => [name, `<${name}>${L1}</${name}>${L2}`, '2'] as const,
		),
		['in upper case', `<STYLE>${L1}</Style>${L2}`, '2'],
		['another end tag', `<style>${L1}</title></b></styles>${L1}</style>${L2}`, '2'],
		['end tag with space', `<style>${L1}</style >${L2}`, '2'],
		['end tag with line break', `<style>${L1}</style\n>${L2}`, '2'],
		['end tag with slash', `<style>${L1}</style/>${L2}`, '2'],
		['end tag with attributes', `<style>${L1}</style x=">${L1}">${L2}`, '2'],
		['end tag without >', `${L1}<style></style `, '1'],
		['end tag at the end of the page', `${L1}<style></style`, '1'],
		['self-closing does not close', `<title/>${L1}</title>${L2}`, '2'],
		['unclosed swallows the rest', `${L1}<title>${L2}`, '1'],
		['comments are text', `<style><!--</style>${L1}<!---->`, '1'],
		['comments are text in a title', `<title><!--</title>${L1}<!---->`, '1'],
		['in a table', `<table><style>${L1}</style><tr><td>${L2}</table>`, '2'],
		['textarea in a table', `<table><textarea>${L1}</textarea><tr><td>${L2}</table>`, '2'],
		['plaintext swallows the rest', `${L1}<plaintext>${L2}</plaintext>${L2}`, '1'],
		['noscript holds markup', `<noscript>${L1}</noscript>${L2}`, '1 2'],
		['noscript in the head', `<head><noscript>${L1}</noscript></head>${L2}`, '1 2'],
		['style within noscript', `<head><noscript><style>${L1}</style></noscript></head>${L2}`, '2'],
		['title in the body', `<body><title>${L1}</title>${L2}`, '2'],
	]);
});

describe('scripts', () => {
	testScanned([
		['markup in a string', `<script>"${L1}"</script>${L2}`, '2'],
		['end tag in a string', `<script>"</script>"${L1}`, '1'],
		['longer name', `<script></scripts></script-x>${L1}</script>${L2}`, '2'],
		['commented out', `<script><!--\n${L1}\n//--></script>${L2}`, '2'],
		['ends within a comment', `<script><!-- </script>${L1}<!-- -->`, '1'],
		['script within a comment', `<script><!-- <script> "</script>${L1}" --></script>${L2}`, '2'],
		['comment ends within the inner script', `<script><!-- <script> --></script>${L1}`, '1'],
		['inner script that only begins so', `<script><!-- <scripts> </script>${L1}`, '1'],
		['inner script with space', `<script><!-- <script x </script >${L1}</script>${L2}`, '2'],
		['inner script with slash', `<script><!-- <script/</script/>${L1}</script>${L2}`, '2'],
		['two inner scripts', `<script><!--<script></script><script></script>${L1}</script>${L2}`, '2'],
		['inner script unclosed', `${L1}<script><!-- <script> </script>${L2}`, '1'],
		['inner script without comment', `<script> <script> </script>${L1}`, '1'],
		['<!--> opens and closes', `<script><!--><script></script>${L1}`, '1'],
		['<!---> opens and closes', `<script><!---><script></script>${L1}`, '1'],
		['--!> does not close', `<script><!-- --!> <script></script>${L1}</script>${L2}`, '2'],
		['second comment', `<script><!-- --><!-- <script></script>${L1}</script>${L2}`, '2'],
		['<! alone', `<script><!-<script></script>${L1}`, '1'],
		['in upper case', `<SCRIPT><!--<Script></sCRIPT>${L1}</SCRIPT>${L2}`, '2'],
		['unclosed', `${L1}<script>${L2}`, '1'],
		['in a select', `<select><script>${L1}</script></select>${L2}`, '2'],
	]);
});
