using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.SqlServer.Migrations
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
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTime>(
                name: "ClosesAt",
                table: "Quizzes",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OpensAt",
                table: "Quizzes",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Requires",
                table: "Quizzes",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Review",
                table: "Quizzes",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "SetSize",
                table: "Quizzes",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Interaction",
                table: "ItemVersions",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Lesson",
                table: "ItemVersions",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Twin",
                table: "ItemVersions",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "BankStamp",
                table: "Courses",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "ItemWorth",
                table: "Attempts",
                type: "int",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastSeenAt",
                table: "Attempts",
                type: "datetime2",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<int>(
                name: "Of",
                table: "Attempts",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedAt",
                table: "Attempts",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TwinsFrom",
                table: "Attempts",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Accommodations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    EnrollmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    QuizId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ExtraMinutes = table.Column<int>(type: "int", nullable: false),
                    ExtraAttempts = table.Column<int>(type: "int", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    GivenById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    GivenAt = table.Column<DateTime>(type: "datetime2", nullable: false)
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
                    AttemptId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Slot = table.Column<int>(type: "int", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Response = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    Complete = table.Column<bool>(type: "bit", nullable: false),
                    Points = table.Column<int>(type: "int", nullable: false),
                    Correct = table.Column<bool>(type: "bit", nullable: false),
                    Dangerous = table.Column<bool>(type: "bit", nullable: false),
                    Certainty = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Revision = table.Column<int>(type: "int", nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AttemptId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Seconds = table.Column<int>(type: "int", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    ById = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
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
                    AttemptId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Items = table.Column<string>(type: "nvarchar(max)", nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AttemptId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Slot = table.Column<int>(type: "int", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    ReportedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SettledById = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    From = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PracticeCards",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Streak = table.Column<int>(type: "int", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false)
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
                    Id = table.Column<int>(type: "int", nullable: false),
                    BeatAt = table.Column<DateTime>(type: "datetime2", nullable: false)
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
                EXEC(N'
                UPDATE [Quizzes] SET [Review] = CASE [Kind] WHEN ''Exam'' THEN ''Score'' ELSE ''Everything'' END;
                UPDATE [ItemVersions] SET [Interaction] = CONCAT(N''{"$type":"choice","Options":'', [Options], N''}'');
                UPDATE a SET
                    [LastSeenAt] = a.[StartedAt],
                    [ItemWorth] = CASE WHEN a.[ClosedAt] IS NULL THEN 60 ELSE 1 END,
                    [Of] = CASE WHEN a.[ClosedAt] IS NULL THEN NULL ELSE (SELECT COUNT(*) FROM [AttemptItems] i WHERE i.[AttemptId] = a.[Id] AND i.[Scored] = 1) END
                FROM [Attempts] a;
                INSERT INTO [AttemptPapers] ([AttemptId], [Items])
                SELECT a.[Id], COALESCE((
                    SELECT CONCAT(N''['', STRING_AGG(CAST(CONCAT(
                        N''{"Slot":'', i.[Slot], N'',"ItemVersionId":"'', i.[ItemVersionId], N''","Domain":"'', STRING_ESCAPE(i.[Domain], ''json''), N''","Order":'', i.[OptionOrder],
                        N'',"Scored":'', CASE i.[Scored] WHEN 1 THEN N''true'' ELSE N''false'' END,
                        N'',"Critical":'', CASE v.[Critical] WHEN 1 THEN N''true'' ELSE N''false'' END, N'',"TwinOf":null}'') AS nvarchar(max)), N'','') WITHIN GROUP (ORDER BY i.[Slot]), N'']'')
                    FROM [AttemptItems] i JOIN [ItemVersions] v ON v.[Id] = i.[ItemVersionId] WHERE i.[AttemptId] = a.[Id]), N''[]'')
                FROM [Attempts] a;
                INSERT INTO [Answers] ([AttemptId], [Slot], [ItemVersionId], [Response], [Complete], [Points], [Correct], [Dangerous], [Certainty], [AnsweredAt], [Revision])
                SELECT r.[AttemptId], r.[Slot], r.[ItemVersionId], r.[Response], CASE WHEN r.[Response] IS NULL THEN 0 ELSE 1 END, 60 * r.[Right], r.[Right], 1 - r.[Right], NULL, r.[AnsweredAt], r.[Revision]
                FROM (
                    SELECT g.*, CASE WHEN g.[Closed] = 1 THEN CAST(COALESCE(g.[Correct], 0) AS int) WHEN g.[Response] = g.[Key] THEN 1 ELSE 0 END AS [Right]
                    FROM (
                        SELECT i.*, CASE WHEN a.[ClosedAt] IS NULL THEN 0 ELSE 1 END AS [Closed],
                            (SELECT STRING_AGG(o.[value], N'','') WITHIN GROUP (ORDER BY CAST(o.[value] AS int)) FROM OPENJSON(i.[OptionOrder]) o WHERE (i.[Chosen] & POWER(2, CAST(o.[key] AS int))) <> 0) AS [Response],
                            (SELECT STRING_AGG(o.[key], N'','') WITHIN GROUP (ORDER BY CAST(o.[key] AS int)) FROM OPENJSON(v.[Options]) o WHERE JSON_VALUE(o.[value], ''$.Correct'') = N''true'') AS [Key]
                        FROM [AttemptItems] i
                        JOIN [Attempts] a ON a.[Id] = i.[AttemptId]
                        JOIN [ItemVersions] v ON v.[Id] = i.[ItemVersionId]
                        WHERE i.[Chosen] IS NOT NULL OR a.[ClosedAt] IS NOT NULL) g) r')
                """);
            migrationBuilder.DropTable(name: "AttemptItems");
            migrationBuilder.DropColumn(name: "Options", table: "ItemVersions");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Answers that are partly right have no place in the tables before; go back with the backup.");
    }
}
