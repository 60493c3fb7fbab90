using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Practicals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Practicals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CourseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Setup = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Steps = table.Column<string>(type: "TEXT", nullable: false),
                    PassPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    Minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    TwicePercent = table.Column<int>(type: "INTEGER", nullable: false),
                    Sources = table.Column<string>(type: "TEXT", nullable: false),
                    Retired = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Practicals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Practicals_Courses_CourseId",
                        column: x => x.CourseId,
                        principalTable: "Courses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PracticalMarkings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PracticalId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CandidateId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AssessorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    DoubleOf = table.Column<Guid>(type: "TEXT", nullable: true),
                    AsksForSecond = table.Column<bool>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SignedOffAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Steps = table.Column<string>(type: "TEXT", nullable: false),
                    PassPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    Minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PracticalMarkings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PracticalMarkings_AspNetUsers_AssessorId",
                        column: x => x.AssessorId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PracticalMarkings_AspNetUsers_CandidateId",
                        column: x => x.CandidateId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PracticalMarkings_PracticalMarkings_DoubleOf",
                        column: x => x.DoubleOf,
                        principalTable: "PracticalMarkings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PracticalMarkings_Practicals_PracticalId",
                        column: x => x.PracticalId,
                        principalTable: "Practicals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PracticalMarks",
                columns: table => new
                {
                    MarkingId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    MarkedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PracticalMarks", x => new { x.MarkingId, x.Step });
                    table.ForeignKey(
                        name: "FK_PracticalMarks_PracticalMarkings_MarkingId",
                        column: x => x.MarkingId,
                        principalTable: "PracticalMarkings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PracticalMarkings_AssessorId",
                table: "PracticalMarkings",
                column: "AssessorId",
                filter: "\"Result\" = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_PracticalMarkings_CandidateId_PracticalId_Number",
                table: "PracticalMarkings",
                columns: new[] { "CandidateId", "PracticalId", "Number" },
                unique: true,
                filter: "\"DoubleOf\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PracticalMarkings_DoubleOf",
                table: "PracticalMarkings",
                column: "DoubleOf",
                unique: true,
                filter: "\"DoubleOf\" IS NOT NULL AND \"Result\" <> 'BrokenOff'");

            migrationBuilder.CreateIndex(
                name: "IX_PracticalMarkings_PracticalId_StartedAt",
                table: "PracticalMarkings",
                columns: new[] { "PracticalId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "OneOpenMarking",
                table: "PracticalMarkings",
                columns: new[] { "CandidateId", "PracticalId" },
                unique: true,
                filter: "\"Result\" = 'Open' AND \"DoubleOf\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "Passes",
                table: "PracticalMarkings",
                columns: new[] { "CandidateId", "PracticalId", "SignedOffAt" },
                filter: "\"Result\" = 'Passed' AND \"DoubleOf\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Practicals_CourseId",
                table: "Practicals",
                column: "CourseId");

            migrationBuilder.CreateIndex(
                name: "IX_Practicals_Slug",
                table: "Practicals",
                column: "Slug",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PracticalMarks");

            migrationBuilder.DropTable(
                name: "PracticalMarkings");

            migrationBuilder.DropTable(
                name: "Practicals");
        }
    }
}
