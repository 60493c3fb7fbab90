using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ProgrammesOfAnyCombination : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Awards",
                table: "Quizzes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Exams",
                table: "Programmes",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "OwnCourses",
                table: "Programmes",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "AwaitsAward",
                table: "PracticalMarkings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Cycle",
                table: "Certificates",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "EarnedAt",
                table: "Certificates",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<string>(
                name: "Facts",
                table: "Certificates",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "Awards",
                table: "Attempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Practicals",
                table: "Programmes",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            // The one exam of each programme is its list of one now; each certificate gets the number of its award and the instant
            // at which that was earned. Before the indexes, which demand that the numbers differ.
            migrationBuilder.Sql("""
                UPDATE Programmes SET Exams = COALESCE((SELECT '["' || Quizzes.Slug || '"]' FROM Quizzes WHERE Quizzes.Id = Programmes.ExamId), '[]');
                """);
            migrationBuilder.Sql("""
                UPDATE Certificates SET Cycle = (
                    SELECT COUNT(*) FROM Certificates AS other
                    WHERE other.HolderId = Certificates.HolderId AND other.ProgrammeId = Certificates.ProgrammeId AND other.Cause IN ('Issued', 'Renewed')
                        AND (other.IssuedAt < Certificates.IssuedAt
                            OR (other.IssuedAt = Certificates.IssuedAt AND (other.Id <= Certificates.Id OR Certificates.Cause NOT IN ('Issued', 'Renewed')))));
                """);
            migrationBuilder.Sql("""
                UPDATE Certificates SET EarnedAt = COALESCE((
                    SELECT MAX(Attempts.ClosedAt) FROM Certificates AS other
                    JOIN Attempts ON Attempts.Id = other.AttemptId
                    WHERE other.HolderId = Certificates.HolderId AND other.ProgrammeId = Certificates.ProgrammeId AND other.Cause IN ('Issued', 'Renewed')
                        AND other.IssuedAt <= Certificates.IssuedAt), ValidFrom);
                """);

            migrationBuilder.CreateIndex(
                name: "IX_PracticalMarkings_AwaitsAward",
                table: "PracticalMarkings",
                column: "AwaitsAward",
                filter: "\"AwaitsAward\"");

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_PracticalMarkings_AwaitsAward", table: "PracticalMarkings");
            migrationBuilder.DropColumn(name: "Exams", table: "Programmes");
            migrationBuilder.DropColumn(name: "Practicals", table: "Programmes");
            migrationBuilder.DropColumn(name: "OwnCourses", table: "Programmes");
            migrationBuilder.DropColumn(name: "Awards", table: "Quizzes");
            migrationBuilder.DropColumn(name: "AwaitsAward", table: "PracticalMarkings");
            migrationBuilder.DropColumn(name: "Cycle", table: "Certificates");
            migrationBuilder.DropColumn(name: "EarnedAt", table: "Certificates");
            migrationBuilder.DropColumn(name: "Facts", table: "Certificates");
            migrationBuilder.DropColumn(name: "Awards", table: "Attempts");
        }
    }
}
