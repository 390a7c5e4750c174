CREATE TABLE `accesses` (
	`id` integer PRIMARY KEY NOT NULL,
	`room_id` text NOT NULL,
	`at` integer NOT NULL,
	`seat_id` text NOT NULL,
	`what` text NOT NULL,
	`format` text
);
--> statement-breakpoint
CREATE INDEX `accesses_of_room` ON `accesses` (`room_id`);--> statement-breakpoint
ALTER TABLE `commits` ADD `sealed` blob;--> statement-breakpoint
ALTER TABLE `rooms` ADD `erased` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `rooms` ADD `kept_until` integer;--> statement-breakpoint
ALTER TABLE `rooms` ADD `kept_days` integer;