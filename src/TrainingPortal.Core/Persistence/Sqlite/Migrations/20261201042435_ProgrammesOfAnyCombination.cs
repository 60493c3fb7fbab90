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

            migrationBuilder.DropForeignKey(
                name: "FK_Programmes_Quizzes_ExamId",
                table: "Programmes");

            migrationBuilder.DropIndex(
                name: "IX_Programmes_ExamId",
                table: "Programmes");

            migrationBuilder.DropIndex(
                name: "IX_Certificates_AttemptId",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "ExamId",
                table: "Programmes");

            migrationBuilder.AlterColumn<Guid>(
                name: "AttemptId",
                table: "Certificates",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.CreateIndex(
                name: "IX_PracticalMarkings_AwaitsAward",
                table: "PracticalMarkings",
                column: "AwaitsAward",
                filter: "\"AwaitsAward\"");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_AttemptId_ProgrammeId",
                table: "Certificates",
                columns: new[] { "AttemptId", "ProgrammeId" },
                unique: true,
                filter: "\"AttemptId\" IS NOT NULL AND \"Cause\" <> 'Corrected'");

            migrationBuilder.CreateIndex(
                name: "OneAward",
                table: "Certificates",
                columns: new[] { "HolderId", "ProgrammeId", "Cycle" },
                unique: true,
                filter: "\"Cause\" <> 'Corrected' AND \"Cause\" <> 'PartRepeated'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ExamId",
                table: "Programmes",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            // Of several exams the first; a programme without one cannot go back.
            migrationBuilder.Sql("""
                UPDATE Programmes SET ExamId = (SELECT Quizzes.Id FROM Quizzes WHERE Programmes.Exams LIKE '["' || Quizzes.Slug || '"%');
                """);

            migrationBuilder.DropColumn(
                name: "Exams",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "Practicals",
                table: "Programmes");

            migrationBuilder.DropIndex(
                name: "IX_PracticalMarkings_AwaitsAward",
                table: "PracticalMarkings");

            migrationBuilder.DropIndex(
                name: "IX_Certificates_AttemptId_ProgrammeId",
                table: "Certificates");

            migrationBuilder.DropIndex(
                name: "OneAward",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Awards",
                table: "Quizzes");

            migrationBuilder.DropColumn(
                name: "OwnCourses",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "AwaitsAward",
                table: "PracticalMarkings");

            migrationBuilder.DropColumn(
                name: "Cycle",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "EarnedAt",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Facts",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Awards",
                table: "Attempts");

            migrationBuilder.AlterColumn<Guid>(
                name: "AttemptId",
                table: "Certificates",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Programmes_ExamId",
                table: "Programmes",
                column: "ExamId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_AttemptId",
                table: "Certificates",
                column: "AttemptId",
                unique: true,
                filter: "\"Cause\" <> 'Corrected'");

            migrationBuilder.AddForeignKey(
                name: "FK_Programmes_Quizzes_ExamId",
                table: "Programmes",
                column: "ExamId",
                principalTable: "Quizzes",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
