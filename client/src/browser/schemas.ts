import { z } from "zod";

// The content security policy forbids code made from strings, so zod need not try. Said before the first schema is made.
z.config({ jitless: true });
