import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DraftImage } from "@/lib/client/threads";
import type { ImageDetails, ImageOrigin } from "@/lib/images/schema";
import { imageGrid, PATCH } from "@/lib/images/tokens";
import { useFileSize } from "../ui/file-size";

/** Numbers before and after, how the tokens come about, and what was taken out. */
export function InspectorFacts({ image, details }: { image: DraftImage; details: ImageDetails | null }) {
  const t = useTranslations("inspector");
  const { cols, rows } = imageGrid(image.width, image.height);
  return (
    <div className="flex flex-col gap-5" aria-busy={details === null}>
      <Comparison image={image} details={details} />
      <Section heading={t("tokensHeading")}>
        <p className="font-medium text-base tabular-nums">{t("tokens", { tokens: image.tokens })}</p>
        <p className="text-muted tabular-nums">{t("formula", { rows, cols, edge: PATCH })}</p>
      </Section>
      <Section heading={t("removedHeading")}>{details && <RemovedList origin={details.origin} />}</Section>
    </div>
  );
}

function Comparison({ image, details }: { image: DraftImage; details: ImageDetails | null }) {
  const t = useTranslations("inspector");
  const size = useFileSize();
  const origin = details?.origin;
  const rows: [label: string, before: string | undefined, after: string | undefined][] = [
    [t("pixels"), origin ? t("size", pixelsOf(origin)) : undefined, t("size", pixelsOf(image))],
    [t("bytes"), origin ? size(origin.bytes) : undefined, details ? size(details.bytes) : undefined],
    [t("format"), origin ? formatOf(origin) : undefined, details ? formatOf(details) : undefined],
  ];
  return (
    <table className="w-full tabular-nums">
      <thead>
        <tr className="text-left text-muted">
          <td />
          <th scope="col" className={CELL}>
            {t("before")}
          </th>
          <th scope="col" className={CELL}>
            {t("after")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, before, after]) => (
          <tr key={label} className="border-line border-t">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal text-muted">
              {label}
            </th>
            <td className={CELL}>{before ?? t("unknown")}</td>
            <td className={`${CELL} font-medium`}>{after ?? t("unknown")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const CELL = "py-1.5 pr-3 font-normal";

function RemovedList({ origin }: { origin: ImageOrigin | null }) {
  const t = useTranslations("inspector");
  if (origin === null) return <p className="text-muted">{t("notKnown")}</p>;
  if (origin.removed.length === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {origin.removed.map((kind) => (
        <li key={kind} className="rounded-full border border-line bg-raised px-2.5 py-0.5">
          {t(`removed.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

export function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-muted">{heading}</h3>
      {children}
    </section>
  );
}

const pixelsOf = ({ width, height }: { width: number; height: number }) => ({ width, height });

/** "image/svg+xml" is SVG to people. */
const formatOf = ({ contentType }: { contentType: string }) =>
  (contentType.split("/")[1] ?? contentType).split("+")[0]?.toUpperCase();
