CREATE TABLE `practice_blocks` (
	`one` text NOT NULL,
	`two` text NOT NULL,
	PRIMARY KEY(`one`, `two`)
);
--> statement-breakpoint
CREATE TABLE `practice_pairs` (
	`pair_id` text PRIMARY KEY NOT NULL,
	`one` text NOT NULL,
	`two` text NOT NULL,
	`at` integer NOT NULL,
	`one_waited` integer NOT NULL,
	`two_waited` integer NOT NULL
);
