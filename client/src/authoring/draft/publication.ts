/** Whether it can be asked, and whether what can be asked is what is written now. */
export type Publication = "draft" | "published" | "changed";
