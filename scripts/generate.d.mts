export function postgresqlSchema(schema?: string): string;
export function isGenerated(): boolean;
export function generate(): Promise<boolean>;
