CREATE TABLE `updates_by_place` (
	`place` integer PRIMARY KEY NOT NULL,
	`document` integer GENERATED ALWAYS AS (place >> 24) VIRTUAL,
	`seq` integer GENERATED ALWAYS AS (place & 16777215) VIRTUAL,
	`at` integer NOT NULL,
	`seat_id` text,
	`sealed` blob NOT NULL
);
--> statement-breakpoint
INSERT INTO `updates_by_place` (`place`, `at`, `seat_id`, `sealed`) SELECT (`document` << 24) | `seq`, `at`, `seat_id`, `sealed` FROM `document_updates` ORDER BY `document`, `seq`;
--> statement-breakpoint
DROP TABLE `document_updates`;
--> statement-breakpoint
ALTER TABLE `updates_by_place` RENAME TO `document_updates`;
