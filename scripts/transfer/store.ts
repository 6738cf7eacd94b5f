import type { ColumnType } from "./values.ts";

export interface Column {
  name: string;
  /** As PostgreSQL's information_schema calls it, on both engines. */
  type: ColumnType;
}

/** A row's values in the form of values.ts, in the order of the columns. */
export type Row = unknown[];

export interface RowSource {
  /** Names of the migrations that made the tables, in order. */
  migrations(): Promise<string[]>;
  /** The tables with what they hold, those first that others refer to. */
  tables(): Promise<string[]>;
  columns(table: string): Promise<Column[]>;
  /** All rows; those first that others of the same table refer to. */
  rows(table: string, columns: Column[]): AsyncIterable<Row>;
}

/** An opened database: what it reads belongs to one moment. */
export interface Store extends RowSource {
  close(): Promise<void>;
}

/** One that nobody else writes to. Closed without a commit, it is as it was before. */
export interface WritableStore extends Store {
  insert(table: string, columns: Column[], rows: Row[]): Promise<void>;
  clear(table: string): Promise<void>;
  commit(): Promise<void>;
}
