/** How many pictures a message may have, by what answers it. */
export interface PictureLimits {
  /** By the id of each model that people may choose; 0: it takes none. */
  byModel: Readonly<Record<string, number>>;
  /** The installation's model, and the one that the person has chosen for threads that choose none. */
  installation: string;
  own: string | null;
}

/** Pictures that one message may have in a thread that has chosen this model, or none (null). */
export function mostPictures({ byModel, installation, own }: PictureLimits, chosen: string | null): number {
  const model = [chosen, own, installation].find((id) => id !== null && id in byModel);
  return byModel[model ?? installation] ?? 0;
}
