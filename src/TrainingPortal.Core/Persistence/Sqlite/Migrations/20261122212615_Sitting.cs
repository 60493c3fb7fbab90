using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Sitting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Tags",
                table: "ItemVersions",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTime>(
                name: "ClosesAt",
                table: "Quizzes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OpensAt",
                table: "Quizzes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Requires",
                table: "Quizzes",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Review",
                table: "Quizzes",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "SetSize",
                table: "Quizzes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Interaction",
                table: "ItemVersions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Lesson",
                table: "ItemVersions",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Twin",
                table: "ItemVersions",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "BankStamp",
                table: "Courses",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "ItemWorth",
                table: "Attempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastSeenAt",
                table: "Attempts",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<int>(
                name: "Of",
                table: "Attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedAt",
                table: "Attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TwinsFrom",
                table: "Attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Accommodations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EnrollmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    QuizId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ExtraMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    ExtraAttempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    GivenById = table.Column<Guid>(type: "TEXT", nullable: false),
                    GivenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accommodations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Accommodations_Enrollments_EnrollmentId",
                        column: x => x.EnrollmentId,
                        principalTable: "Enrollments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Accommodations_Quizzes_QuizId",
                        column: x => x.QuizId,
                        principalTable: "Quizzes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Answers",
                columns: table => new
                {
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Response = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Complete = table.Column<bool>(type: "INTEGER", nullable: false),
                    Points = table.Column<int>(type: "INTEGER", nullable: false),
                    Correct = table.Column<bool>(type: "INTEGER", nullable: false),
                    Dangerous = table.Column<bool>(type: "INTEGER", nullable: false),
                    Certainty = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Answers", x => new { x.AttemptId, x.Slot });
                    table.ForeignKey(
                        name: "FK_Answers_Attempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "Attempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Answers_ItemVersions_ItemVersionId",
                        column: x => x.ItemVersionId,
                        principalTable: "ItemVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AttemptEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    ById = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttemptEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AttemptEvents_Attempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "Attempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AttemptPapers",
                columns: table => new
                {
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Items = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttemptPapers", x => x.AttemptId);
                    table.ForeignKey(
                        name: "FK_AttemptPapers_Attempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "Attempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ItemReports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AttemptId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    ReportedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SettledById = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ItemReports_Attempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "Attempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ItemReports_ItemVersions_ItemVersionId",
                        column: x => x.ItemVersionId,
                        principalTable: "ItemVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Outages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PracticeCards",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Streak = table.Column<int>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PracticeCards", x => new { x.PersonId, x.ItemId });
                    table.ForeignKey(
                        name: "FK_PracticeCards_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_PracticeCards_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Pulses",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    BeatAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pulses", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accommodations_EnrollmentId_QuizId",
                table: "Accommodations",
                columns: new[] { "EnrollmentId", "QuizId" });

            migrationBuilder.CreateIndex(
                name: "IX_Accommodations_QuizId",
                table: "Accommodations",
                column: "QuizId");

            migrationBuilder.CreateIndex(
                name: "IX_Answers_ItemVersionId",
                table: "Answers",
                column: "ItemVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_AttemptEvents_AttemptId",
                table: "AttemptEvents",
                column: "AttemptId");

            migrationBuilder.CreateIndex(
                name: "IX_ItemReports_AttemptId_Slot",
                table: "ItemReports",
                columns: new[] { "AttemptId", "Slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemReports_ItemVersionId",
                table: "ItemReports",
                column: "ItemVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_PracticeCards_ItemId",
                table: "PracticeCards",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_PracticeCards_PersonId_DueOn",
                table: "PracticeCards",
                columns: new[] { "PersonId", "DueOn" });

            // What was answered keeps its place: papers move into one row an attempt, answers into rows of their own.
            migrationBuilder.Sql("""
                UPDATE "Quizzes" SET "Review" = CASE "Kind" WHEN 'Exam' THEN 'Score' ELSE 'Everything' END;
                UPDATE "ItemVersions" SET "Interaction" = '{"$type":"choice","Options":' || "Options" || '}';
                UPDATE "Attempts" SET
                    "LastSeenAt" = "StartedAt",
                    "ItemWorth" = CASE WHEN "ClosedAt" IS NULL THEN 60 ELSE 1 END,
                    "Of" = CASE WHEN "ClosedAt" IS NULL THEN NULL ELSE (SELECT COUNT(*) FROM "AttemptItems" i WHERE i."AttemptId" = "Attempts"."Id" AND i."Scored" = 1) END;
                INSERT INTO "AttemptPapers" ("AttemptId", "Items")
                SELECT a."Id", (
                    SELECT json_group_array(json_object(
                        'Slot', p."Slot", 'ItemVersionId', p."ItemVersionId", 'Domain', p."Domain", 'Order', json(p."OptionOrder"),
                        'Scored', json(CASE p."Scored" WHEN 1 THEN 'true' ELSE 'false' END),
                        'Critical', json(CASE p."Critical" WHEN 1 THEN 'true' ELSE 'false' END), 'TwinOf', NULL))
                    FROM (SELECT i.*, v."Critical" FROM "AttemptItems" i JOIN "ItemVersions" v ON v."Id" = i."ItemVersionId" WHERE i."AttemptId" = a."Id" ORDER BY i."Slot") p)
                FROM "Attempts" a;
                INSERT INTO "Answers" ("AttemptId", "Slot", "ItemVersionId", "Response", "Complete", "Points", "Correct", "Dangerous", "Certainty", "AnsweredAt", "Revision")
                SELECT r."AttemptId", r."Slot", r."ItemVersionId", r."Response", r."Response" IS NOT NULL, 60 * r."Right", r."Right", 1 - r."Right", NULL, r."AnsweredAt", r."Revision"
                FROM (
                    SELECT g.*, CASE WHEN g."Closed" THEN COALESCE(g."Correct", 0) ELSE COALESCE(g."Response" = g."Key", 0) END AS "Right"
                    FROM (
                        SELECT i.*, a."ClosedAt" IS NOT NULL AS "Closed",
                            (SELECT group_concat(c.value, ',') FROM (SELECT o.value FROM json_each(i."OptionOrder") o WHERE (i."Chosen" >> o.key) & 1 ORDER BY o.value) c) AS "Response",
                            (SELECT group_concat(k.key, ',') FROM (SELECT o.key FROM json_each(v."Options") o WHERE json_extract(o.value, '$.Correct') ORDER BY o.key) k) AS "Key"
                        FROM "AttemptItems" i
                        JOIN "Attempts" a ON a."Id" = i."AttemptId"
                        JOIN "ItemVersions" v ON v."Id" = i."ItemVersionId"
                        WHERE i."Chosen" IS NOT NULL OR a."ClosedAt" IS NOT NULL) g) r;
                DROP TABLE "AttemptItems";
                ALTER TABLE "ItemVersions" DROP COLUMN "Options";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Answers that are partly right have no place in the tables before; go back with the backup.");
    }
}
