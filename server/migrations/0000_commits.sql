CREATE TABLE `commits` (
	`room_id` text NOT NULL,
	`seq` integer NOT NULL,
	`command_id` text NOT NULL,
	`seat_id` text,
	`at` integer NOT NULL,
	`events` text NOT NULL,
	PRIMARY KEY(`room_id`, `seq`)
);
