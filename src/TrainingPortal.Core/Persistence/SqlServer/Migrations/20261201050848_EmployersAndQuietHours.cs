using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class EmployersAndQuietHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "QuietZone",
                table: "Outbox",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Organisations",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "School");

            migrationBuilder.CreateTable(
                name: "EmployerNotices",
                columns: table => new
                {
                    EmployerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CertificateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DaysBefore = table.Column<int>(type: "int", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    WaitsUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Mailed = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EmployerNotices", x => new { x.EmployerId, x.CertificateId, x.DaysBefore });
                    table.ForeignKey(
                        name: "FK_EmployerNotices_AspNetUsers_EmployerId",
                        column: x => x.EmployerId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_EmployerNotices_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EmployerNotices_CertificateId",
                table: "EmployerNotices",
                column: "CertificateId");

            migrationBuilder.CreateIndex(
                name: "IX_EmployerNotices_WaitsUntil",
                table: "EmployerNotices",
                column: "WaitsUntil",
                filter: "\"WaitsUntil\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EmployerNotices");

            migrationBuilder.DropColumn(
                name: "QuietZone",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Organisations");
        }
    }
}
