declare module 'parse-prometheus-text-format' {
	interface Sample {
		readonly labels?: Readonly<Record<string, string>>;
		readonly value?: string;
		readonly count?: string;
		readonly sum?: string;
		readonly buckets?: Readonly<Record<string, string>>;
	}

	export default function parse(
		text: string,
	): readonly { readonly name: string; readonly type: string; readonly metrics: readonly Sample[] }[];
}
