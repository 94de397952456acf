/** The curves that tell in a clip where its feet stand, 1 while one does, and the tags that say the same. */
export const CONTACT_CURVES = [
  { curve: 'FootContact_L', tag: 'contact-left' },
  { curve: 'FootContact_R', tag: 'contact-right' },
] as const;
