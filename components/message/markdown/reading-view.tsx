import { BlockView } from "./block";
import type { Reading } from "./blocks";

/** The blocks of an answer as read so far. */
export function ReadingView({ reading: { blocks, links, open } }: { reading: Reading }) {
  const last = blocks.at(-1);
  return (
    <div className="md">
      {blocks.map((block) => (
        <BlockView
          key={block.key}
          token={block.token}
          links={links}
          open={block === last ? open : undefined}
          depth={0}
        />
      ))}
    </div>
  );
}
