CREATE TABLE `secrets` (
	`hash` text PRIMARY KEY NOT NULL,
	`room_id` text NOT NULL
);
--> statement-breakpoint
INSERT OR IGNORE INTO `secrets` (`hash`, `room_id`)
SELECT found.atom, commits.room_id
FROM commits, json_tree(CASE WHEN json_valid(commits.events) THEN commits.events ELSE '[]' END) AS found
WHERE commits.events LIKE '%ash":"%' AND found.key IN ('hash', 'tokenHash') AND length(found.atom) = 64;
--> statement-breakpoint
ALTER TABLE `commits` ADD `hash` blob;
