CREATE TABLE `arrived` (
	`documents` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `arriving_documents` (
	`slice` integer NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`slice`, `kind`, `id`)
);
