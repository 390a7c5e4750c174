CREATE TABLE `commits` (
	`id` integer PRIMARY KEY NOT NULL,
	`previous` integer,
	`room_id` text NOT NULL,
	`seq` integer NOT NULL,
	`command_id` text NOT NULL,
	`seat_id` text,
	`at` integer NOT NULL,
	`events` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` integer PRIMARY KEY NOT NULL,
	`room_id` text NOT NULL,
	`seq` integer NOT NULL,
	`last_commit` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rooms_room_id_unique` ON `rooms` (`room_id`);