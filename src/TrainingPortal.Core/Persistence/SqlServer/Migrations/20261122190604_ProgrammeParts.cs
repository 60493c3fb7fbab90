using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ProgrammeParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Parts",
                table: "Programmes",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<Guid>(
                name: "RenewsCertificateId",
                table: "Enrollments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Revision",
                table: "Enrollments",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Parts",
                table: "Certificates",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateOnly>(
                name: "WholeLastValidDay",
                table: "Certificates",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            // Certificates from before had no parts: the whole ends when they do.
            migrationBuilder.Sql("EXEC(N'UPDATE \"Certificates\" SET \"WholeLastValidDay\" = \"LastValidDay\"')");

            migrationBuilder.CreateIndex(
                name: "IX_Enrollments_RenewsCertificateId",
                table: "Enrollments",
                column: "RenewsCertificateId",
                filter: "\"RenewsCertificateId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Enrollments_RenewsCertificateId",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "Parts",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "RenewsCertificateId",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "Parts",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "WholeLastValidDay",
                table: "Certificates");
        }
    }
}
