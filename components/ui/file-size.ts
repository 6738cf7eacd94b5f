import { useFormatter } from "next-intl";

const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** Says a number of bytes as people do: 812 byte, 290 kB, 4.1 MB. */
export function useFileSize(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
    const value = bytes / 1000 ** power;
    return format.number(value, {
      style: "unit",
      unit: UNITS[power] ?? "megabyte",
      maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
    });
  };
}
