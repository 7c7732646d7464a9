// A number of bytes in words.

export const sizeText = (bytes: number): string => `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
