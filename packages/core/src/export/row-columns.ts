import { InvalidOptionError } from '../errors.ts';
import { type CellKind, type ColumnType, cellKind, columnType } from './column-type.ts';
import { type ExportChunk, ROWS_IN_A_TURN, type RowSource } from './export-chunk.ts';
import { parseRow } from './parse-row.ts';

/** More are no table any more: the keys are data then, and each would be a column of every row. */
const MOST_COLUMNS = 10_000;
/** Objects that lie deeper are written as JSON. */
const DEPTH = 16;

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
}

/** A key on the way to a cell. */
interface Node {
	readonly path: readonly string[];
	readonly children: Map<string, Node>;
	/** Of the values that rows have here; missing where none has one, not even null. */
	kinds?: Set<CellKind>;
	/** Where the cell stands in its row. */
	index?: number;
}

/**
 * The columns of rows that have whatever keys they like: one for each key that any row has, in the order in which they
 * first appear. The keys of objects within a row are joined by dots, `offer.price`; lists and empty objects are one cell.
 *
 * A column is a way of keys, not its name: `{"a.b": 1}` and `{"a": {"b": 1}}` are two, and the second is called `a.b#2`.
 */
export class RowColumns {
	readonly #depth: number;
	readonly #root: Node = { path: [], children: new Map() };
	/** Those with values, in the order in which they appear. */
	readonly #found: Node[] = [];
	#columns: readonly Column[] | undefined;
	#nodes = 0;

	/** @param depth how many keys lead to a cell at most; 1 makes none of objects within a row. */
	constructor({ depth = DEPTH }: { readonly depth?: number } = {}) {
		this.#depth = depth;
	}

	get columns(): readonly Column[] {
		this.#columns ??= this.#named();
		return this.#columns;
	}

	/**
	 * Takes the keys of a row into account.
	 *
	 * @throws InvalidOptionError when there are too many.
	 */
	learn(row: unknown): void {
		const next = (node: Node, key: string): Node => node.children.get(key) ?? this.#addNode(node, key);
		this.#visit(this.#root, row, next, (node, value) => {
			if (node.kinds === undefined) {
				node.kinds = new Set();
				this.#found.push(node);
			}
			const kind = cellKind(value);
			if (kind !== undefined) node.kinds.add(kind);
		});
		this.#columns = undefined;
	}

	/** The values of a row, one for each column that was learnt; undefined where it has none. */
	cells(row: unknown): unknown[] {
		const cells = new Array<unknown>(this.columns.length).fill(undefined);
		const next = (node: Node, key: string): Node | undefined => node.children.get(key);
		this.#visit(this.#root, row, next, (node, value) => {
			if (node.index !== undefined) cells[node.index] = value;
		});
		return cells;
	}

	#visit(
		node: Node,
		value: unknown,
		next: (node: Node, key: string) => Node | undefined,
		cell: (node: Node, value: unknown) => void,
	): void {
		const keys = isObject(value) && node.path.length < this.#depth ? Object.keys(value) : [];
		// A row without keys is a row of nothing, and not a cell.
		if (keys.length === 0 && (node !== this.#root || !isObject(value))) cell(node, value);
		for (const key of keys) {
			const child = next(node, key);
			if (child !== undefined) this.#visit(child, (value as Record<string, unknown>)[key], next, cell);
		}
	}

	#addNode(parent: Node, key: string): Node {
		this.#nodes += 1;
		if (this.#nodes > MOST_COLUMNS) {
			throw new InvalidOptionError(
				`The rows have more than ${MOST_COLUMNS} different keys, too many for the columns of a table; write them as jsonl or json.`,
			);
		}
		const node: Node = { path: [...parent.path, key], children: new Map() };
		parent.children.set(key, node);
		return node;
	}

	#named(): Column[] {
		const names = new Set<string>();
		// Where other rows have an object, null is no value of its own, but an object that is missing.
		const nodes = this.#found.filter(({ kinds, children }) => kinds?.size !== 0 || children.size === 0);
		return nodes.map((node, index) => {
			node.index = index;
			// What is no object at all, which only another program can have stored, has no key.
			const name = node === this.#root ? 'value' : node.path.join('.');
			let unique = name;
			for (let count = 2; names.has(unique); count += 1) unique = `${name}#${count}`;
			names.add(unique);
			return { name: unique, type: columnType(node.kinds ?? new Set()) };
		});
	}
}

/** Learns the columns of all rows. It yields nothing but turns for others. */
export function* learnColumns(columns: RowColumns, source: RowSource): Generator<ExportChunk> {
	let rows = 0;
	for (const json of source.rows()) {
		columns.learn(parseRow(json));
		rows += 1;
		if (rows % ROWS_IN_A_TURN === 0) yield { bytes: '', rows: 0 };
	}
	if (rows > 0) return;
	for (const json of source.likely()) {
		columns.learn(parseRow(json));
		rows += 1;
		if (rows % ROWS_IN_A_TURN === 0) yield { bytes: '', rows: 0 };
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
