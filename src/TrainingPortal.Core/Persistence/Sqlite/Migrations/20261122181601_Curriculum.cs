using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Curriculum : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A lesson's two halves become one text with a mark where the simulator stands.
            migrationBuilder.Sql("UPDATE \"Lessons\" SET \"Html\" = \"Html\" || '<!--DepthSimulator:-->' || \"HtmlAfterSimulator\" WHERE \"HtmlAfterSimulator\" IS NOT NULL");

            // The place that was chosen becomes a set of places, a bit each.
            migrationBuilder.Sql("UPDATE \"AttemptItems\" SET \"Chosen\" = CASE \"Chosen\" WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 ELSE 8 END WHERE \"Chosen\" IS NOT NULL");

            // As SQL, since the operation would rebuild the table outside the transaction, and a kill could leave it half done.
            migrationBuilder.Sql("ALTER TABLE \"Lessons\" DROP COLUMN \"HtmlAfterSimulator\"");

            migrationBuilder.AddColumn<Guid>(
                name: "ProgrammeId",
                table: "Quizzes",
                type: "TEXT",
                nullable: true);

            // Passes that wait for their certificate keep earning it when another exam takes this one's place.
            migrationBuilder.Sql("UPDATE \"Quizzes\" SET \"ProgrammeId\" = (SELECT \"Id\" FROM \"Programmes\" WHERE \"Programmes\".\"ExamId\" = \"Quizzes\".\"Id\")");

            migrationBuilder.AddColumn<DateOnly>(
                name: "Verified",
                table: "Lessons",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<string>(
                name: "ModuleFolder",
                table: "Items",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Position",
                table: "Courses",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ProgrammeSlug",
                table: "Courses",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Retired",
                table: "Courses",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "Scored",
                table: "AttemptItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateTable(
                name: "Cases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CourseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Case = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Cases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Cases_Courses_CourseId",
                        column: x => x.CourseId,
                        principalTable: "Courses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProtocolEditions",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ImportedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Book = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProtocolEditions", x => x.Number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Courses_ProgrammeSlug",
                table: "Courses",
                column: "ProgrammeSlug");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CourseId_Name",
                table: "Cases",
                columns: new[] { "CourseId", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Cases");

            migrationBuilder.DropTable(
                name: "ProtocolEditions");

            migrationBuilder.DropIndex(
                name: "IX_Courses_ProgrammeSlug",
                table: "Courses");

            migrationBuilder.DropColumn(
                name: "ProgrammeId",
                table: "Quizzes");

            migrationBuilder.DropColumn(
                name: "Verified",
                table: "Lessons");

            migrationBuilder.DropColumn(
                name: "ModuleFolder",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "Position",
                table: "Courses");

            migrationBuilder.DropColumn(
                name: "ProgrammeSlug",
                table: "Courses");

            migrationBuilder.DropColumn(
                name: "Retired",
                table: "Courses");

            migrationBuilder.DropColumn(
                name: "Scored",
                table: "AttemptItems");

            migrationBuilder.Sql("UPDATE \"AttemptItems\" SET \"Chosen\" = CASE WHEN \"Chosen\" % 2 = 1 THEN 0 WHEN \"Chosen\" % 4 = 2 THEN 1 WHEN \"Chosen\" % 8 = 4 THEN 2 ELSE 3 END WHERE \"Chosen\" IS NOT NULL");

            migrationBuilder.AddColumn<string>(
                name: "HtmlAfterSimulator",
                table: "Lessons",
                type: "TEXT",
                nullable: true);
        }
    }
}
