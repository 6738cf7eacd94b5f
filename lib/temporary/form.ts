/** Field of the form that holds the JSON; beside it a file field `image` for each picture, in order of their numbers. */
export const TEMPORARY_FIELD = "conversation";
export const TEMPORARY_IMAGE_FIELD = "image";
