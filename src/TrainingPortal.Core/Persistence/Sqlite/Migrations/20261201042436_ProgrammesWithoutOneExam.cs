using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.Sqlite.Migrations
{
    // SQLite rebuilds both tables for this, with foreign keys off, which no transaction can hold: three transactions follow each other.
    // So it is a migration by itself, of nothing that could not be done twice, and a program that is killed on the way starts again
    // (The_one_exam_of_each_programme_is_carried_over_and_every_certificate_gets_the_number_of_its_award). A rebuild makes its
    // tables' indexes anew, so none is dropped or created by name.
    /// <inheritdoc />
    public partial class ProgrammesWithoutOneExam : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE IF EXISTS ef_temp_Programmes; DROP TABLE IF EXISTS ef_temp_Certificates;");

            migrationBuilder.DropForeignKey(
                name: "FK_Programmes_Quizzes_ExamId",
                table: "Programmes");

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

            migrationBuilder.DropIndex(
                name: "IX_Certificates_AttemptId_ProgrammeId",
                table: "Certificates");

            migrationBuilder.DropIndex(
                name: "OneAward",
                table: "Certificates");

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
