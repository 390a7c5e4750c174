CREATE TABLE `document_updates` (
	`document` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`seat_id` text,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`document`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`room_id` text NOT NULL,
	`name` text NOT NULL,
	`folded` integer DEFAULT 0 NOT NULL,
	`state_seq` integer DEFAULT 0 NOT NULL,
	`state` blob,
	`owners` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `document_of_room` ON `documents` (`room_id`,`name`);